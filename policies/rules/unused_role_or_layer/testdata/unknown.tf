variable "role" {
  type = string
}

variable "layers" {
  type = list(string)
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = var.role
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  layers        = var.layers
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_lambda_layer_version" "other" {
  layer_name = "other"
  filename   = "layer.zip"
}
