resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "orders.jar"

  snap_start {
    apply_on = "PublishedVersions"
  }
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "returns.jar"
  publish       = false

  snap_start {
    apply_on = "PublishedVersions"
  }
}

resource "aws_lambda_function" "node" {
  function_name = "node"
  role          = "arn:aws:iam::123456789012:role/node"
  runtime       = "nodejs24.x"
  handler       = "app.handler"
  filename      = "node.zip"

  snap_start {
    apply_on = "PublishedVersions"
  }
}
