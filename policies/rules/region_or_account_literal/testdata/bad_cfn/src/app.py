import boto3

client = boto3.client("sqs", region_name="eu-west-1")  # # want "a client of sqs for the region eu-west-1"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:orders"  # # want "the account 123456789012"


def handler(event, context):
    client.send_message(QueueUrl="https://sqs.eu-west-1.amazonaws.com/123456789012/orders", MessageBody=TOPIC)  # # want "the account 123456789012"
