# The missing aliases of one ARN are one finding.
resource "aws_lambda_function" "billing" {
  function_name = "billing"
  role          = "arn:aws:iam::123456789012:role/billing"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "billing.zip"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.billing.function_name
  function_version = "1"
}

resource "aws_lambda_alias" "beta" {
  name             = "beta"
  function_name    = aws_lambda_function.billing.function_name
  function_version = "2"
}

resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "invoke" {
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = "lambda:InvokeFunction"
      Resource = "arn:aws:lambda:eu-west-1:123456789012:function:billing" # want "but not aws_lambda_alias.beta and aws_lambda_alias.live: function:billing has no qualifier"
    }]
  })
}
