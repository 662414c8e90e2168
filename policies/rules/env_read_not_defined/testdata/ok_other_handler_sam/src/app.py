import os

from aws_lambda_powertools import Tracer

tracer = Tracer()


@tracer.capture_lambda_handler
def export(event, context):
    return os.environ["BUCKET"]


@tracer.capture_lambda_handler
def handler(event, context):
    return event
