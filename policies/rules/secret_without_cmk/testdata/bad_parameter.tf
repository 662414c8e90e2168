resource "aws_ssm_parameter" "p" { # want "own key"
  name  = "/orders/db-password"
  type  = "SecureString"
  value = var.word
}

variable "word" {
  type = string
}
