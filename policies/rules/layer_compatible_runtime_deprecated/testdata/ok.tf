resource "aws_lambda_layer_version" "shared" {
  layer_name          = "shared"
  filename            = "layer.zip"
  compatible_runtimes = ["python3.9", "python3.14"]
}
