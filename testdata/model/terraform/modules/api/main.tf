variable "auth" { default = "AWS_IAM" }
variable "origins" { default = null }
resource "aws_lambda_function_url" "u" {
  function_name      = "f"
  authorization_type = var.auth
  cors {
    allow_origins = var.origins
    allow_methods = ["GET"]
  }
}
output "auth" { value = aws_lambda_function_url.u.authorization_type }
