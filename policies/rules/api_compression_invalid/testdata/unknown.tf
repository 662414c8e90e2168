variable "size" {
  type = number
}


resource "aws_api_gateway_rest_api" "shop" {
  name                     = "shop"
  minimum_compression_size = var.size
}
