resource "aws_lambda_function" "orders" { # want "aws_lambda_function.orders has no customer managed key: its SnapStart snapshots are encrypted with a key of AWS"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "orders.jar"
  publish       = true
  snap_start {
    apply_on = "PublishedVersions"
  }
}
