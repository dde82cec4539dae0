"""Reviews under kill -9, a full disk, a read-only folder, nonsense on file, and a rival."""
