resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  layers        = ["arn:aws:lambda:eu-west-1:123456789012:layer:shared:3", aws_lambda_layer_version.own.arn]
}

resource "aws_lambda_layer_version" "own" {
  layer_name = "own"
  filename   = "layer.zip"
}
