import boto3

client = boto3.client("rds-data")
athena = boto3.client("athena")


def handler(event, context):
    client.execute_statement(resourceArn="a", secretArn="b", sql="SELECT * FROM orders WHERE id = " + event["id"])  # # want "with execute_statement"
    athena.start_query_execution(QueryString=f"SELECT * FROM orders WHERE id = '{event['id']}'")  # # want "with start_query_execution"
