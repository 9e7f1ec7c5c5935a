"""A kernel of this very Python is asked by our client, which waits no longer than it must and leaves nothing changed."""

import asyncio

from workshop.jobs.python import Client, ThisPython


def test_our_kernels_are_asked_by_our_client_whatever_nbclient_sets():
    manager = ThisPython()
    manager.client_class = "jupyter_client.asynchronous.AsyncKernelClient"
    assert isinstance(manager.client(), Client)


def test_after_waiting_the_channel_listens_as_ever():
    async def asked():
        manager = ThisPython()
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=60)
            assert "get_msg" not in vars(client.iopub_channel)
            client.execute("print('heard')")
            while (said := await client.get_iopub_msg(timeout=60))["msg_type"] != "stream":
                pass
            return said["content"]["text"]
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    assert asyncio.run(asked()) == "heard\n"
