variable "runtime" {
  type = string
}

resource "aws_lambda_layer_version" "shared" {
  layer_name          = "shared"
  filename            = "layer.zip"
  compatible_runtimes = ["python3.8", var.runtime]
}
