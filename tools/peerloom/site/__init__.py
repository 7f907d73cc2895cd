"""Pages to a site, by MkDocs or Zensical."""

from peerloom.site.building import Built, Engine, build
from peerloom.site.serving import serve
from peerloom.site.workplace import CannotBuild

__all__ = ["Built", "CannotBuild", "Engine", "build", "serve"]
