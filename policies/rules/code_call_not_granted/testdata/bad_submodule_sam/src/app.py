import boto3
import boto3.dynamodb.conditions


def handler(event, context):
    boto3.client("sns").publish(TopicArn="orders", Message="new")  # want "does not allow sns:Publish"
