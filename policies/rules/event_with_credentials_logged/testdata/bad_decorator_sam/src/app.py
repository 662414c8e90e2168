from aws_lambda_powertools import Logger

logger = Logger()


@logger.inject_lambda_context(log_event=True)  # # want "the token of the caller"
def handler(event, context):
    return {}
