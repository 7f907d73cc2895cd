"""Builds and serves a site of the program's pages, with MkDocs or Zensical."""

from peerloom.site.build_folder import CannotBuild
from peerloom.site.building import BuiltSite, Engine, build_site
from peerloom.site.serving import serve_site

__all__ = ["BuiltSite", "CannotBuild", "Engine", "build_site", "serve_site"]
