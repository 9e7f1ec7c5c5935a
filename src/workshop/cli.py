"""The command ``course``; what each room of the tool offers is in its own ``commands``."""

import argparse
import locale
import os
import sys

from helpers.bank import escaping, language
from helpers.bank.language import WrongKind, WrongValue, pick
from workshop.commands import build_command as authoring
from workshop.commands import data_command as owndata
from workshop.commands import kit_command as kit
from workshop.commands import report_command as report
from workshop.commands import reset_command as exercises
from workshop.commands import run_command as running
from workshop.jobs import tether


def main(argv=None):
    """Run one command.

    Parameters
    ----------
    argv : list of str, optional
        What stands behind ``course``.

    Returns
    -------
    int
        0 where all went well, 1 where something failed, 2 where the command could not be understood.
    """
    argv = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # consoles that cannot show Chinese
    language.use(_spoken(argv))
    options = parser().parse_args(argv, argparse.Namespace(argv=argv))
    try:
        with tether.closing():
            ended = options.act(options) or 0
            sys.stdout.flush()
            return ended
    except (WrongKind, WrongValue) as error:
        # A sentence may name what is in a file: no name steers the terminal.
        print("\n".join(map(escaping.line, str(error).splitlines())), file=sys.stderr)
        return 1
    except BrokenPipeError:  # ``| head``: nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # a full disk above all, wherever it is met
        from helpers.bank import files  # slow to import: it brings pandas

        if error.errno not in files.DISK:
            raise
        print(files.refusal(error.filename or ".", error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(pick(en="Stopped.", zh="已停止。"), file=sys.stderr)
        return 130


def parser():
    """Describe the commands.

    Returns
    -------
    ArgumentParser
        Each command sets ``act``, a function of the options.
    """
    top = argparse.ArgumentParser(
        prog="course", description=pick(en="Service quality in banking.", zh="银行服务质量课程。")
    )
    commands = top.add_subparsers(required=True, metavar=pick(en="command", zh="命令"))
    for room in (authoring, running, exercises, kit, report, owndata):
        room.describe(commands)
    return top


def _spoken(argv):
    """The language of our own messages: as the command says, else as the lab was started, else as the machine speaks."""
    said = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    said.add_argument("--language", nargs="?")
    chosen = said.parse_known_args(argv)[0].language
    if chosen in language.LANGUAGES:
        return chosen
    names = [os.environ.get(name) for name in ("COURSE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    spoken = next(filter(None, names), None) or locale.getlocale()[0] or ""
    return "zh" if spoken.lower().startswith(("zh", "chinese")) else "en"


if __name__ == "__main__":
    sys.exit(main())
