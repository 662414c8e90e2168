# METADATA
# description: Networks of functions, that is, security groups, subnets and routes.
# schemas:
#   - input: schema.stack
package lib.network

import data.lib.text

# of_group are, for every security group, the indices of the functions that have it.
of_group[g] contains i if {
	some i, fn in input.functions
	some group in fn.vpc.security_groups.items
	some g in group.targets
}

# of_subnet are, for every subnet, the indices of the functions in it.
of_subnet[s] contains i if {
	some i, fn in input.functions
	some subnet in fn.vpc.subnets.items
	some s in subnet.targets
}

# of_vpc are, for every VPC, the indices of the functions in it.
of_vpc[v] contains i if {
	some s, functions in of_subnet
	some v in input.subnets[s].vpc.targets
	some i in functions
}

# names joins the ids of functions. Instances of one resource count as one.
names(indices) := text.names({text.resource(input.functions[i].id) | some i in indices})

# default_group reports whether a security group of a function is certainly the default group of a VPC.
default_group(group) if {
	count(group.sources) > 0
	every attribute in group.sources {
		attribute in {"aws_vpc.default_security_group_id", "aws_default_vpc.default_security_group_id", "AWS::EC2::VPC.DefaultSecurityGroup"}
	}
}

default_group(group) if {
	count(default_groups) > 0
	count(group.targets) > 0
	every g in group.targets {
		g in default_groups
	}
}

default_groups contains g if {
	some g, group in input.security_groups
	is_default(group)
}

is_default(group) if group.type == "aws_default_security_group"

is_default(group) if {
	group.type == "data.aws_security_group"
	group.name.value == "default"
}

# all_ports reports whether a rule is for all ports, at least of TCP.
all_ports(rule) if rule.protocol.value in {"-1", "all"}

all_ports(rule) if {
	lower(rule.protocol.value) in {"tcp", "6"}
	rule.from_port.value in {0, 1}
	rule.to_port.value == 65535
}

# anywhere is any address, in IPv4 and in IPv6.
anywhere := {"0.0.0.0/0", "::/0"}

# public_tables are the indices of the route tables with a route from any address to an internet gateway.
public_tables contains t if {
	some t, table in input.route_tables
	some route in table.routes.items
	to_internet(route)
}

public_tables contains t if {
	some route in input.network_routes
	to_internet(route)
	some t in route.table.targets
}

to_internet(route) if {
	leads_anywhere(route)
	gateway(route.gateway)
}

leads_anywhere(route) if route.ipv4.value == "0.0.0.0/0"

leads_anywhere(route) if route.ipv6.value == "::/0"

gateway(reference) if count(reference.targets) > 0

gateway(reference) if startswith(reference.value, "igw-")

# public_subnets are the indices of the subnets with such a route table.
public_subnets contains s if {
	some association in input.subnet_routes
	some t in association.table.targets
	t in public_tables
	some s in association.subnet.targets
}

# with_groups are the types of other resources that have security groups.
with_groups := {
	"aws_alb", "aws_apprunner_vpc_connector", "aws_codebuild_project", "aws_db_instance", "aws_db_proxy", "aws_docdb_cluster",
	"aws_ecs_service", "aws_efs_mount_target", "aws_eks_cluster", "aws_elasticache_cluster",
	"aws_elasticache_replication_group", "aws_elb", "aws_instance", "aws_launch_configuration", "aws_launch_template",
	"aws_lb", "aws_memorydb_cluster", "aws_mq_broker", "aws_msk_cluster", "aws_neptune_cluster", "aws_network_interface",
	"aws_opensearch_domain", "aws_rds_cluster", "aws_redshift_cluster", "aws_vpc_endpoint",
	"AWS::AppRunner::VpcConnector", "AWS::AmazonMQ::Broker", "AWS::CodeBuild::Project", "AWS::DocDB::DBCluster",
	"AWS::EC2::Instance", "AWS::EC2::LaunchTemplate", "AWS::EC2::NetworkInterface", "AWS::EC2::VPCEndpoint",
	"AWS::ECS::Service", "AWS::EFS::MountTarget", "AWS::EKS::Cluster", "AWS::ElastiCache::CacheCluster",
	"AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::ServerlessCache", "AWS::ElasticLoadBalancing::LoadBalancer",
	"AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::MSK::Cluster", "AWS::MemoryDB::Cluster", "AWS::Neptune::DBCluster",
	"AWS::OpenSearchService::Domain", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::RDS::DBProxy",
	"AWS::Redshift::Cluster",
}

# in_subnets are the types of other resources that are in subnets. Gateways, VPC endpoints and mount targets serve the
# functions there.
in_subnets := (with_groups - {"aws_efs_mount_target", "aws_vpc_endpoint", "AWS::EC2::VPCEndpoint", "AWS::EFS::MountTarget"}) | {
	"aws_autoscaling_group", "aws_db_subnet_group", "aws_docdb_subnet_group", "aws_eks_node_group",
	"aws_elasticache_subnet_group", "aws_memorydb_subnet_group", "aws_neptune_subnet_group", "aws_redshift_subnet_group",
	"AWS::AutoScaling::AutoScalingGroup", "AWS::DocDB::DBSubnetGroup", "AWS::EKS::Nodegroup",
	"AWS::ElastiCache::SubnetGroup", "AWS::MemoryDB::SubnetGroup", "AWS::Neptune::DBSubnetGroup",
	"AWS::RDS::DBSubnetGroup", "AWS::Redshift::ClusterSubnetGroup",
}

# subnet_ids are the ids of the subnets in a list. It is undefined if there may be others.
subnet_ids(list) := {id | some subnet in list.items; id := subnet_id(subnet)} if {
	not list.unknown
	every subnet in list.items {
		subnet_id(subnet)
	}
}

# subnet_id is the id of the only subnet that a reference can mean.
subnet_id(reference) := id if {
	ids := {input.subnets[s].id | some s in reference.targets}
	count(ids) == 1 # maybe in several variants
	every s in reference.targets {
		not input.subnets[s].unknown
	}
	some id in ids
}

subnet_id(reference) := reference.value if {
	count(reference.targets) == 0
	regex.match(`^subnet-[0-9a-f]+$`, reference.value)
}

# zone is the Availability Zone of the only subnet that a reference can mean. It is undefined if its variants differ.
zone(reference) := zone if {
	count({input.subnets[s].id | some s in reference.targets}) == 1
	zones := {input.subnets[s].zone.value | some s in reference.targets}
	count(zones) == 1
	every s in reference.targets {
		input.subnets[s].zone.value
	}
	some zone in zones
}

# zones are the Availability Zones of the subnets in a list, as far as they are known.
zones(list) := {zone(subnet) | some subnet in list.items}
