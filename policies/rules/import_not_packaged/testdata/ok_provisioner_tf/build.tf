resource "terraform_data" "build" {
  provisioner "local-exec" {
    command = "pip3 install requests --target src"
  }
}
