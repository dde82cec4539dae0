"""The terminal, which may go away: what is written to one that is gone is dropped."""

from textual.drivers.linux_driver import LinuxDriver


class PatientDriver(LinuxDriver):
    """Textual's own, but a closed terminal does not hold up the end of the program.

    Textual hands what it draws to a thread through a queue that fills up. When the terminal is
    closed, that thread ends, and whoever writes would wait for it for ever.
    """

    def write(self, data: str) -> None:
        writer = self._writer_thread
        if writer is not None and writer.is_alive():
            super().write(data)
