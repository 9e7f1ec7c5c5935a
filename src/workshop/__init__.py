"""The command ``course``: build, run, lab, pages, kit, report."""
