resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  capacity_provider_config {
    lambda_managed_instances_capacity_provider_config {
      capacity_provider_arn = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:pool"
    }
  }
}

# Functions at the edge cannot be in a VPC.
resource "aws_iam_role" "edge" {
  name = "edge"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_lambda_function" "edge" {
  function_name = "edge"
  role          = aws_iam_role.edge.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "edge.zip"
}
