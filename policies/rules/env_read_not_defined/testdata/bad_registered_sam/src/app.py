import os

from aws_lambda_powertools.event_handler import APIGatewayRestResolver

app = APIGatewayRestResolver()


@app.get("/bucket")
def bucket():
    return os.environ["BUCKET"]  # # want "BUCKET"


def handler(event, context):
    return app.resolve(event, context)
