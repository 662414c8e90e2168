resource "aws_vpclattice_service" "shop" {
  name = "shop"
}

resource "aws_vpclattice_target_group" "orders" {
  name = "orders"
  type = "INSTANCE"
}

resource "aws_vpclattice_listener" "shop" {
  name               = "shop"
  protocol           = "HTTPS"
  service_identifier = aws_vpclattice_service.shop.id

  default_action {
    forward {
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.orders.id
      }
    }
  }
}
