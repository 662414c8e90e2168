variable "function" {}
variable "auth" {}
resource "aws_lambda_function_url" "u" {
  function_name      = var.function
  authorization_type = var.auth
}
