"""The command ``course``: build, run, room, pages, kit, report."""
