variable "region" {
  type = string
}

# The region is not relevant.
resource "aws_lambda_permission" "logs" { # want "aws_lambda_permission.logs allows .* without a source ARN"
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "logs.${var.region}.amazonaws.com"
}
