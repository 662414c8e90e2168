package model

import (
	"slices"
	"strings"
)

// networkKinds are the networks that functions are attached to.
type networkKinds struct {
	VPCs               []Network           `json:"vpcs" tf:"aws_vpc|aws_default_vpc" cfn:"AWS::EC2::VPC"`
	Subnets            []Subnet            `json:"subnets" tf:"aws_subnet" cfn:"AWS::EC2::Subnet"`
	InternetGateways   []InternetGateway   `json:"internet_gateways" tf:"aws_internet_gateway|data.aws_internet_gateway" cfn:"AWS::EC2::InternetGateway"`
	RouteTables        []RouteTable        `json:"route_tables" tf:"aws_route_table" cfn:"AWS::EC2::RouteTable"`
	NetworkRoutes      []NetworkRoute      `json:"network_routes" tf:"aws_route" cfn:"AWS::EC2::Route"`
	SubnetRoutes       []SubnetRoutes      `json:"subnet_routes" tf:"aws_route_table_association" cfn:"AWS::EC2::SubnetRouteTableAssociation"`
	SecurityGroups     []SecurityGroup     `json:"security_groups" tf:"aws_security_group|aws_default_security_group|data.aws_security_group" cfn:"AWS::EC2::SecurityGroup"`
	SecurityGroupRules []SecurityGroupRule `json:"security_group_rules" tf:"aws_security_group_rule|aws_vpc_security_group_ingress_rule|aws_vpc_security_group_egress_rule" cfn:"AWS::EC2::SecurityGroupIngress|AWS::EC2::SecurityGroupEgress"`
	NetworkACLs        []NetworkACL        `json:"network_acls" tf:"aws_network_acl" cfn:"AWS::EC2::NetworkAcl"`
	NetworkACLEntries  []NetworkACLEntry   `json:"network_acl_entries" tf:"aws_network_acl_rule" cfn:"AWS::EC2::NetworkAclEntry"`
	SubnetACLs         []SubnetACL         `json:"subnet_acls" tf:"aws_network_acl_association" cfn:"AWS::EC2::SubnetNetworkAclAssociation"`
	VPCEndpoints       []VPCEndpoint       `json:"vpc_endpoints" tf:"aws_vpc_endpoint" cfn:"AWS::EC2::VPCEndpoint"`
	FlowLogs           []FlowLog           `json:"flow_logs" tf:"aws_flow_log" cfn:"AWS::EC2::FlowLog"`
	AccessPoints       []AccessPoint       `json:"access_points" tf:"aws_efs_access_point" cfn:"AWS::EFS::AccessPoint"`

	// NetworkUses have no types of their own: the parsers add them with AddNetworkUse.
	NetworkUses []NetworkUse `json:"network_uses"`

	// VPCEndpointPolicies are resources of their own only in Terraform. Link moves them into their endpoints.
	VPCEndpointPolicies []VPCEndpointPolicy `json:"-" tf:"aws_vpc_endpoint_policy"`
}

// Network is a virtual private cloud.
type Network struct {
	Resource
	CIDR Value[string] `json:"cidr" tf:"cidr_block" cfn:"CidrBlock"`
}

// Subnet is a part of a VPC in one Availability Zone.
// Defaults: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html
type Subnet struct {
	Resource
	VPC  Ref           `json:"vpc" tf:"vpc_id" cfn:"VpcId" to:"vpcs"`
	CIDR Value[string] `json:"cidr" tf:"cidr_block" cfn:"CidrBlock"`
	// Zone is the Availability Zone as a name; AWS chooses one where it is absent.
	Zone Value[string] `json:"zone" tf:"availability_zone" cfn:"AvailabilityZone"`
	// PublicIP gives each instance in the subnet a public address. Network interfaces of functions never have one.
	PublicIP Value[bool] `json:"public_ip" tf:"map_public_ip_on_launch" cfn:"MapPublicIpOnLaunch" default:"false"`
}

// InternetGateway connects a VPC with the Internet.
type InternetGateway struct{ Resource }

// RouteTable has the routes of subnets.
type RouteTable struct {
	Resource
	VPC Ref `json:"vpc" tf:"vpc_id" cfn:"VpcId" to:"vpcs"`
	// Routes are those that are written in the table itself; others are in network_routes.
	Routes List[TableRoute] `json:"routes" tf:"route"`
}

// TableRoute leads the traffic to some addresses to a gateway.
type TableRoute struct {
	Block
	IPv4    Value[string] `json:"ipv4" tf:"cidr_block" cfn:"DestinationCidrBlock"`
	IPv6    Value[string] `json:"ipv6" tf:"ipv6_cidr_block" cfn:"DestinationIpv6CidrBlock"`
	Gateway Ref           `json:"gateway" tf:"gateway_id" cfn:"GatewayId" to:"internet_gateways"`
}

// NetworkRoute is a route as a resource of its own.
type NetworkRoute struct {
	Resource
	Table   Ref           `json:"table" tf:"route_table_id" cfn:"RouteTableId" to:"route_tables"`
	IPv4    Value[string] `json:"ipv4" tf:"destination_cidr_block" cfn:"DestinationCidrBlock"`
	IPv6    Value[string] `json:"ipv6" tf:"destination_ipv6_cidr_block" cfn:"DestinationIpv6CidrBlock"`
	Gateway Ref           `json:"gateway" tf:"gateway_id" cfn:"GatewayId" to:"internet_gateways"`
}

// SubnetRoutes gives a subnet its route table.
type SubnetRoutes struct {
	Resource
	Subnet Ref `json:"subnet" tf:"subnet_id" cfn:"SubnetId" to:"subnets"`
	Table  Ref `json:"table" tf:"route_table_id" cfn:"RouteTableId" to:"route_tables"`
}

// SecurityGroup is a firewall around network interfaces. The default group of a VPC and, in Terraform, groups that only
// are looked up are security groups, too: their type tells.
type SecurityGroup struct {
	Resource
	Name Value[string] `json:"name" tf:"name" cfn:"GroupName"`
	VPC  Ref           `json:"vpc" tf:"vpc_id" cfn:"VpcId" to:"vpcs"`
	// Ingress and Egress are the rules that are written in the group itself; others are in security_group_rules.
	Ingress List[Traffic] `json:"ingress" tf:"ingress" cfn:"SecurityGroupIngress"`
	// Egress: where CloudFormation has no rule, AWS adds one that allows everything; Terraform removes it.
	// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
	Egress List[Traffic] `json:"egress" tf:"egress" cfn:"SecurityGroupEgress"`
}

// Traffic is what a rule of a security group allows.
type Traffic struct {
	Block
	Protocol Value[string]       `json:"protocol" tf:"protocol" cfn:"IpProtocol"` // -1: all
	FromPort Value[int]          `json:"from_port" tf:"from_port" cfn:"FromPort"`
	ToPort   Value[int]          `json:"to_port" tf:"to_port" cfn:"ToPort"`
	IPv4     List[Value[string]] `json:"ipv4" tf:"cidr_blocks" cfn:"CidrIp"`
	IPv6     List[Value[string]] `json:"ipv6" tf:"ipv6_cidr_blocks" cfn:"CidrIpv6"`
}

// SecurityGroupRule is a rule of a security group as a resource of its own.
type SecurityGroupRule struct {
	Resource
	Group Ref `json:"group" tf:"security_group_id" cfn:"GroupId" to:"security_groups"`
	// Direction is ingress or egress, in most languages by the type of the resource.
	Direction Value[string]       `json:"direction" tf:"type"`
	Protocol  Value[string]       `json:"protocol" tf:"protocol|ip_protocol" cfn:"IpProtocol"` // -1: all
	FromPort  Value[int]          `json:"from_port" tf:"from_port" cfn:"FromPort"`
	ToPort    Value[int]          `json:"to_port" tf:"to_port" cfn:"ToPort"`
	IPv4      List[Value[string]] `json:"ipv4" tf:"cidr_blocks|cidr_ipv4" cfn:"CidrIp"`
	IPv6      List[Value[string]] `json:"ipv6" tf:"ipv6_cidr_blocks|cidr_ipv6" cfn:"CidrIpv6"`
}

// NetworkACL is a stateless firewall around subnets.
type NetworkACL struct {
	Resource
	VPC Ref `json:"vpc" tf:"vpc_id" cfn:"VpcId" to:"vpcs"`
	// Subnets, Ingress and Egress are what is written in the list itself; others are in subnet_acls and
	// network_acl_entries.
	Subnets List[Ref]     `json:"subnets" tf:"subnet_ids" to:"subnets"`
	Ingress List[ACLRule] `json:"ingress" tf:"ingress"`
	Egress  List[ACLRule] `json:"egress" tf:"egress"`
}

// ACLRule is a rule of a network ACL.
type ACLRule struct {
	Block
	Action   Value[string] `json:"action" tf:"action"`     // allow or deny
	Protocol Value[string] `json:"protocol" tf:"protocol"` // -1: all
	FromPort Value[int]    `json:"from_port" tf:"from_port"`
	ToPort   Value[int]    `json:"to_port" tf:"to_port"`
	IPv4     Value[string] `json:"ipv4" tf:"cidr_block"`
	IPv6     Value[string] `json:"ipv6" tf:"ipv6_cidr_block"`
}

// NetworkACLEntry is a rule of a network ACL as a resource of its own.
// Defaults: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkaclentry.html
type NetworkACLEntry struct {
	Resource
	ACL      Ref           `json:"acl" tf:"network_acl_id" cfn:"NetworkAclId" to:"network_acls"`
	Egress   Value[bool]   `json:"egress" tf:"egress" cfn:"Egress" default:"false"`
	Action   Value[string] `json:"action" tf:"rule_action" cfn:"RuleAction"` // allow or deny
	Protocol Value[string] `json:"protocol" tf:"protocol" cfn:"Protocol"`    // -1: all
	FromPort Value[int]    `json:"from_port" tf:"from_port" cfn:"PortRange.From"`
	ToPort   Value[int]    `json:"to_port" tf:"to_port" cfn:"PortRange.To"`
	IPv4     Value[string] `json:"ipv4" tf:"cidr_block" cfn:"CidrBlock"`
	IPv6     Value[string] `json:"ipv6" tf:"ipv6_cidr_block" cfn:"Ipv6CidrBlock"`
}

// SubnetACL gives a subnet its network ACL.
type SubnetACL struct {
	Resource
	ACL    Ref `json:"acl" tf:"network_acl_id" cfn:"NetworkAclId" to:"network_acls"`
	Subnet Ref `json:"subnet" tf:"subnet_id" cfn:"SubnetId" to:"subnets"`
}

// VPCEndpoint connects a VPC with a service of AWS.
// Defaults: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html
type VPCEndpoint struct {
	Resource
	VPC     Ref           `json:"vpc" tf:"vpc_id" cfn:"VpcId" to:"vpcs"`
	Service Value[string] `json:"service" tf:"service_name" cfn:"ServiceName"` // com.amazonaws.eu-west-1.lambda
	Kind    Value[string] `json:"kind" tf:"vpc_endpoint_type" cfn:"VpcEndpointType" default:"Gateway"`
	// Subnets are those with a network interface of the endpoint.
	Subnets List[Ref] `json:"subnets" tf:"subnet_ids" cfn:"SubnetIds" to:"subnets"`
	// Statements are those of the endpoint policy. Absent: it allows everything.
	Statements List[Statement] `json:"statements" tf:"policy" cfn:"PolicyDocument"`
}

// VPCEndpointPolicy is the policy of an endpoint as a resource of its own.
type VPCEndpointPolicy struct {
	Resource
	Endpoint   Ref             `tf:"vpc_endpoint_id" to:"vpc_endpoints"`
	Statements List[Statement] `tf:"policy"`
}

// FlowLog records the traffic of a VPC, a subnet or a network interface.
type FlowLog struct {
	Resource
	VPC    Ref `json:"vpc" tf:"vpc_id|subnet_id|eni_id" cfn:"ResourceId" to:"vpcs"`
	Subnet Ref `json:"subnet" tf:"vpc_id|subnet_id|eni_id" cfn:"ResourceId" to:"subnets"` // the same resource
}

// AccessPoint is an entrance to an EFS file system.
// Defaults: https://docs.aws.amazon.com/efs/latest/ug/API_CreateAccessPoint.html
type AccessPoint struct {
	Resource
	User POSIXUser `json:"user" tf:"posix_user" cfn:"PosixUser"`
	// Directory is the root of what clients see of the file system.
	Directory Value[string] `json:"directory" tf:"root_directory.path" cfn:"RootDirectory.Path" default:"/"`
	// Permissions are those of the directory, which EFS creates if it does not exist.
	Permissions Value[string] `json:"permissions" tf:"root_directory.creation_info.permissions" cfn:"RootDirectory.CreationInfo.Permissions"`
}

// POSIXUser is the user as which everything is read and written. Absent: the one that the client names.
type POSIXUser struct {
	Block
	UID Value[int] `json:"uid" tf:"uid" cfn:"Uid"`
	GID Value[int] `json:"gid" tf:"gid" cfn:"Gid"`
}

// NetworkUse is what refers to security groups and subnets besides functions and the parts of networks: a resource of any
// type, a module that is not available, and what the whole stack returns (type output).
type NetworkUse struct {
	Resource
	SecurityGroups Ref `json:"security_groups" to:"security_groups"`
	Subnets        Ref `json:"subnets" to:"subnets"`
}

// UsesNetworks reports whether functions refer to security groups or subnets, so that it matters what else does.
func (s *Stack) UsesNetworks() bool {
	refers := func(r Ref) bool { return len(r.IDs) > 0 }
	for i := range s.Functions {
		if vpc := &s.Functions[i].VPC; slices.ContainsFunc(vpc.SecurityGroups.Items, refers) || slices.ContainsFunc(vpc.Subnets.Items, refers) {
			return true
		}
	}
	return false
}

// IsNetworkUse reports whether the references of a type to security groups and subnets are of interest. Those of functions
// and of the parts of networks have places of their own in the model.
func IsNetworkUse(kind string) bool {
	switch kind {
	case "aws_lambda_function", "aws_security_group", "aws_default_security_group", "aws_security_group_rule",
		"aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule", "aws_subnet",
		"aws_route_table_association", "aws_network_acl", "aws_network_acl_association", "aws_flow_log",
		"AWS::Lambda::Function", "AWS::Serverless::Function", "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress",
		"AWS::EC2::SecurityGroupEgress", "AWS::EC2::Subnet", "AWS::EC2::SubnetRouteTableAssociation",
		"AWS::EC2::SubnetNetworkAclAssociation", "AWS::EC2::FlowLog":
		return false
	}
	return true
}

// IsUsedInNetwork reports whether resources of a type are what a [NetworkUse] refers to.
func IsUsedInNetwork(kind string) bool {
	return kind == "aws_security_group" || kind == "aws_subnet" || kind == "AWS::EC2::SecurityGroup" || kind == "AWS::EC2::Subnet"
}

// AddNetworkUse adds what refers to resources with some ids, before Link.
func (s *Stack) AddNetworkUse(r Resource, ids []string) {
	s.NetworkUses = append(s.NetworkUses, NetworkUse{Resource: r, SecurityGroups: RefTo(r.At, ids...), Subnets: RefTo(r.At, ids...)})
}

// keepNetworkUses removes the references to nothing.
func (s *Stack) keepNetworkUses() {
	for i := range s.NetworkUses {
		use := &s.NetworkUses[i]
		for _, r := range []*Ref{&use.SecurityGroups, &use.Subnets} {
			if len(r.targets) == 0 {
				*r = Ref{Value: Absent[string](use.At)}
			}
		}
	}
	s.NetworkUses = slices.DeleteFunc(s.NetworkUses, func(use NetworkUse) bool {
		return len(use.SecurityGroups.targets) == 0 && len(use.Subnets.targets) == 0
	})
}

// networkSettings moves the policies of endpoints into the endpoints, and adds to the rules of security groups the direction
// that their types have.
func (s *Stack) networkSettings() {
	for i := range s.VPCEndpointPolicies {
		p := &s.VPCEndpointPolicies[i]
		for _, target := range p.Endpoint.targets {
			e := &s.VPCEndpoints[target]
			e.Statements = e.Statements.Append(borrow(p.Statements, &p.Resource))
		}
	}
	for i := range s.SecurityGroupRules {
		r := &s.SecurityGroupRules[i]
		for _, direction := range []string{"ingress", "egress"} {
			if strings.HasSuffix(strings.ToLower(strings.TrimSuffix(r.Type, "_rule")), direction) {
				r.Direction = Known(direction, r.At)
			}
		}
	}
}
