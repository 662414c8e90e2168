resource "aws_ssm_parameter" "p" { # want "AWS managed key aws/"
  name  = "/orders/db-password"
  type  = "SecureString"
  value = var.word
}

variable "word" {
  type = string
}
