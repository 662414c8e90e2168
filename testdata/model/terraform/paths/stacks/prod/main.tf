module "api" {
  source = "../../modules/api"
}

resource "aws_lambda_function" "root" {
  function_name = file("${path.module}/name.txt")
  description   = file("name.txt")
  handler       = file("/etc/passwd")
  role          = file("${path.root}/../../../../outside")
}
