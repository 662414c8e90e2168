variable "unknown" {}
locals {
  choice = true ? "python3.13" : var.unknown
  text   = <<-EOT
    %{for n in ["a", "b"]~}
    line ${n}
    %{endfor~}
  EOT
}

resource "aws_lambda_function" "f" {
  function_name = "start-${var.unknown}-end"
  runtime       = local.choice
  handler       = coalesce(null, "", "app.handler")
  role          = try(local.nothing.at.all, "fallback")
  description   = local.text
  kms_key_arn   = one([])
  timeout       = var.unknown ? 3 : 3
  memory_size   = var.unknown ? 128 : 256
  filename      = provider::local::direxists("x")
  layers        = flatten([["a"], [["b"]]])
}
