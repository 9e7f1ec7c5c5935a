"""The fence: kept by Linux for a process and all it starts, and said to be missing where it is."""

import os
import subprocess
import sys

from workshop.room import sandbox, seats

INSIDE = """import subprocess, sys
from workshop.room import sandbox
assert sandbox.close(readable=[sys.argv[1] + "/shown"], writable=[sys.argv[1] + "/own"])
def refused(act, *given):
    try: act(*given)
    except PermissionError: return True
write = lambda name: open(sys.argv[1] + name, "w").write("x")
assert open(sys.argv[1] + "/shown/a.txt").read() == "theirs" and write("/own/a.txt")
assert refused(write, "/shown/a.txt") and refused(write, "/new.txt") and refused(open, sys.argv[1] + "/secret.txt")
child = "import sys; open(sys.argv[1])"
assert subprocess.run([sys.executable, "-c", child, sys.argv[1] + "/secret.txt"], stderr=subprocess.DEVNULL).returncode
assert not subprocess.run([sys.executable, "-c", child, sys.argv[1] + "/own/a.txt"]).returncode
import os; link = sys.argv[1] + "/own/link"; os.symlink(sys.argv[1] + "/secret.txt", link)
assert refused(open, link) and refused(os.rename, sys.argv[1] + "/secret.txt", link)
print("kept")"""


def test_the_fence_is_kept_by_the_system(tmp_path):
    if not sandbox.version():
        assert not sandbox.close(readable=[], writable=[])
        return
    for name in ("shown", "own"):
        (tmp_path / name).mkdir()
    (tmp_path / "shown" / "a.txt").write_text("theirs", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("key", encoding="utf-8")
    ended = subprocess.run([sys.executable, "-c", INSIDE, str(tmp_path)], capture_output=True, text=True)
    assert ended.stdout.strip() == "kept", ended.stderr
    assert (tmp_path / "secret.txt").read_text(encoding="utf-8") == "key"


def test_a_system_without_fence_says_so(monkeypatch):
    monkeypatch.setattr(sandbox, "_call", lambda *_: -1)
    assert sandbox.version() == 0 and sandbox.close(readable=[], writable=[]) is False
    assert "This system has no fence: their programs can read whatever you can" in seats.invitation(
        port=1, word="w"
    )
    assert (os.name == "posix") == ("no limits" not in seats.invitation(port=1, word="w"))
