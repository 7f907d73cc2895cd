"""Pages to a site, by MkDocs or Zensical."""

from peerloom.site.building import Built, CannotBuild, build
from peerloom.site.serving import serve

__all__ = ["Built", "CannotBuild", "build", "serve"]
