resource "aws_lambda_function" "orders" { # want "aws_lambda_function.orders has no published version"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "news" {
  function_name = "news"
  role          = "arn:aws:iam::123456789012:role/news"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "news.zip"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.news.function_name
  function_version = aws_lambda_function.news.version
}

resource "aws_sns_topic_subscription" "news" {
  topic_arn = "arn:aws:sns:eu-west-1:123456789012:news"
  protocol  = "lambda"
  endpoint  = aws_lambda_function.news.arn # want "aws_sns_topic_subscription.news invokes .LATEST of aws_lambda_function.news, which has the alias aws_lambda_alias.live"
}
