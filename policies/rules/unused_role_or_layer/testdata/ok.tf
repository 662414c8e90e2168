resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  layers        = [aws_lambda_layer_version.shared.arn]
}

resource "aws_lambda_layer_version" "shared" {
  layer_name = "shared"
  filename   = "layer.zip"
}

# Other services can assume it, too.
resource "aws_iam_role" "both" {
  name               = "both"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = ["lambda.amazonaws.com", "ecs-tasks.amazonaws.com"] }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role" "exported" {
  name               = "exported"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

output "role" {
  value = aws_iam_role.exported.arn
}

resource "aws_lambda_layer_version" "published" {
  layer_name = "published"
  filename   = "layer.zip"
}

resource "aws_lambda_layer_version_permission" "published" {
  layer_name     = aws_lambda_layer_version.published.layer_name
  version_number = aws_lambda_layer_version.published.version
  statement_id   = "share"
  action         = "lambda:GetLayerVersion"
  principal      = "123456789012"
}
