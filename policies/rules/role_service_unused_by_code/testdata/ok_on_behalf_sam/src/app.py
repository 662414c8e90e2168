import boto3


def handler(event, context):
    return boto3.client("athena").start_query_execution(QueryString="select 1")
