from aws_lambda_powertools import Logger

logger = Logger()


def handler(event, context):
    print("starts")
    logger.info("order", id=event["id"])
