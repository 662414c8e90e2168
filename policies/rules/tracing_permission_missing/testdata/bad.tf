data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy_attachment" "orders" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn # want "aws_lambda_function.orders has active tracing, but its execution role aws_iam_role.orders does not allow xray:PutTelemetryRecords and xray:PutTraceSegments: no traces arrive in X-Ray"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  tracing_config {
    mode = "Active"
  }
}

resource "aws_iam_role" "returns" {
  name               = "returns"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy" "returns" {
  role = aws_iam_role.returns.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:*", "xray:PutTraceSegments"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = aws_iam_role.returns.arn # want "does not allow xray:PutTelemetryRecords: no traces arrive"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"

  tracing_config {
    mode = "Active"
  }
}
