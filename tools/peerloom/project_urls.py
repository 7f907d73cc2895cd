"""Where Peerloom is made and described, as what is installed of it says."""

from importlib.metadata import metadata


def find_project_url(label: str) -> str | None:
    """Return the address that `pyproject.toml` gives under a label, or None if it gives none."""
    for entry in metadata("peerloom").get_all("Project-URL") or ():
        found, _, address = str(entry).partition(", ")
        if found == label:
            return address
    return None
