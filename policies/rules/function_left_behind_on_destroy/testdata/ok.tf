resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  skip_destroy  = false
}

resource "aws_lambda_function" "edge" {
  function_name = "edge"
  role          = aws_iam_role.edge.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "edge.zip"
  publish       = true
  skip_destroy  = true
}

resource "aws_iam_role" "edge" {
  name = "edge"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }, Action = "sts:AssumeRole" }]
  })
}

# Earlier versions of a layer are kept for the functions that use them.
resource "aws_lambda_layer_version" "shared" {
  layer_name   = "shared"
  filename     = "layer.zip"
  skip_destroy = true
}
