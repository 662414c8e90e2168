resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/aws/lambda/orders"
}

resource "aws_cloudwatch_log_data_protection_policy" "orders" {
  log_group_name = aws_cloudwatch_log_group.orders.name
  policy_document = jsonencode({
    Name      = "mask"
    Version   = "2021-06-01"
    Statement = []
  })
}

resource "aws_cloudwatch_log_group" "api" {
  name = "api"
}

resource "aws_lambda_function" "rare" {
  function_name = "rare"
  role          = "arn:aws:iam::123456789012:role/rare"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "rare.zip"
}

resource "aws_cloudwatch_log_group" "rare" {
  name            = "/aws/lambda/rare"
  log_group_class = "INFREQUENT_ACCESS"
}
