variable "wrapper" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      AWS_LAMBDA_EXEC_WRAPPER = "/opt/${var.wrapper}"
      LD_PRELOAD              = var.wrapper
    }
  }
}
