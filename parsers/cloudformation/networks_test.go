package cloudformation_test

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/modeltest"
	"lintel/parsers/cloudformation"
)

// TestNetworkUses checks what refers to security groups and subnets, also through the parameters and outputs of nested stacks.
func TestNetworkUses(t *testing.T) {
	fsys := fstest.MapFS{
		"t.yaml": {Data: []byte(`
Resources:
  Network: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: network.yaml}}
  Database: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: database.yaml, Parameters: {Group: !Ref Group}}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: own}}
  Source:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: sg-1, IpProtocol: "-1", SourceSecurityGroupId: !Ref Group}
  Text: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Sub "${!Group} ${AWS::Region} ${Group.GroupId}"}}
  Other: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Sub "${!Group}"}}
  Web: {Type: AWS::EC2::Instance, Properties: {SubnetId: {Fn::GetAtt: [Network, Outputs.Subnet]}}}
  Listed: {Type: AWS::EC2::Instance, Properties: {SecurityGroupIds: [{Fn::GetAtt: [Group, GroupId]}]}}
  F:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig: {SubnetIds: [!GetAtt Network.Outputs.Subnet], SecurityGroupIds: [!Ref Group]}
Outputs:
  Group: {Value: !Ref Group}
`)},
		"network.yaml": {Data: []byte(`
Resources:
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1}}
Outputs:
  Subnet: {Value: !Ref Subnet}
`)},
		"database.yaml": {Data: []byte(`
Parameters:
  Group: {Type: String}
Resources:
  Instance: {Type: AWS::RDS::DBInstance, Properties: {VPCSecurityGroups: [!Ref Group]}}
`)},
	}
	v := modeltest.New(t, cloudformation.Parse(context.Background(), fsys, deployment.Unit{Kind: deployment.Template, Root: "t.yaml"}, deployment.Options{}))
	got := map[string]string{}
	for i, id := range v.IDs("network_uses") {
		got[id] = fmt.Sprint(v.Node(fmt.Sprintf("network_uses.%d.security_groups.targets", i)), v.Node(fmt.Sprintf("network_uses.%d.subnets.targets", i)))
	}
	want := map[string]string{"Database.Instance": "[0] []", "Text": "[0] []", "Web": "[] [0]", "Listed": "[0] []", "Outputs.Group": "[0] []"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
