import json
import urllib.request

import boto3
from dateutil import parser

import helpers


def handler(event, context):
    return helpers
