"""`peerloom build`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import audience_option, today_option
from peerloom.model import Audience
