"""The kernel of this very Python, for anyone who runs a notebook."""

import subprocess
import sys

from jupyter_client import AsyncKernelClient, AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec

from workshop.jobs import parent


class Client(AsyncKernelClient):
    """jupyter_client's own, without a fifth of a second of listening before the first cell."""

    async def wait_for_ready(self, timeout=None):
        """Wait for the first answers; nbclient knows messages by the cell that they answer, so old ones may stay."""
        heard = self.iopub_channel.get_msg

        async def listened(timeout=None):
            said = await heard(timeout=timeout)
            self.iopub_channel.get_msg = silent
            return said

        async def silent(timeout=None):
            return await heard(timeout=0)

        self.iopub_channel.get_msg = listened
        try:
            await super().wait_for_ready(timeout=timeout)
        finally:
            del self.iopub_channel.get_msg


class ThisPython(AsyncKernelManager):
    """Start the kernel of the Python that runs us, whatever kernels are installed on the machine."""

    extra, around, place = (), {}, None

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.place:  # else a kernel that is killed leaves its keys in the user's own folder for ever
            self.connection_file = str(self.place / "kernel.json")

    def start_kernel(self, **options):
        """Start it; what its libraries write to the terminal is not for the reader of a table."""
        quiet = {"stderr": subprocess.DEVNULL} if self.place else {}
        return super().start_kernel(**quiet, **options)

    def client(self, **options):
        """A client of ours; nbclient would have set another one."""
        self.client_factory = Client
        return super().client(**options)

    @property
    def kernel_spec(self):
        """The kernel, described without asking for any installed description."""
        # Only the machine itself can reach this kernel; nobody asks for its history.
        quiet = ("--IPKernelApp.log_level=ERROR", "--HistoryManager.enabled=False")
        launch = (sys.executable, "-P", "-m", "workshop.jobs.kernel", "-f", "{connection_file}")
        argv = [*launch, *quiet, *self.extra]
        return KernelSpec(
            argv=argv,
            env=self.around,
            metadata=parent.description(),
            display_name="Python 3",
            language="python",
        )
