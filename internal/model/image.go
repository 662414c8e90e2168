package model

import "lintel/internal/tree"

// imageKinds are where container images are stored.
type imageKinds struct {
	Repositories  []Repository   `json:"repositories" tf:"aws_ecr_repository" cfn:"AWS::ECR::Repository"`
	RegistryScans []RegistryScan `json:"registry_scans" tf:"aws_ecr_registry_scanning_configuration"`

	// RepositoryPolicies are resources of their own only in Terraform. Link moves them into their repositories.
	RepositoryPolicies []RepositoryPolicy `json:"-" tf:"aws_ecr_repository_policy"`
}

// Repository is a repository of container images in ECR.
// Defaults: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
type Repository struct {
	Resource
	Name          Value[string] `json:"name" tf:"name" cfn:"RepositoryName"`
	TagMutability Value[string] `json:"tag_mutability" tf:"image_tag_mutability" cfn:"ImageTagMutability" default:"MUTABLE"`
	ScanOnPush    Value[bool]   `json:"scan_on_push" tf:"image_scanning_configuration.scan_on_push" cfn:"ImageScanningConfiguration.ScanOnPush" default:"false"`
	Encryption    Value[string] `json:"encryption" tf:"encryption_configuration.encryption_type" cfn:"EncryptionConfiguration.EncryptionType" default:"AES256"`
	// Statements are those of the repository policy.
	Statements List[Statement] `json:"statements" tf:"-" cfn:"RepositoryPolicyText"`
}

// RepositoryPolicy is the policy of a repository as a resource of its own.
type RepositoryPolicy struct {
	Resource
	Repository Ref             `tf:"repository" to:"repositories"`
	Statements List[Statement] `tf:"policy"`
}

// RegistryScan sets how the images of all repositories of the account are scanned.
type RegistryScan struct {
	Resource
	Type Value[string] `json:"scan_type" tf:"scan_type"` // BASIC or ENHANCED
}

// repositoryPolicies moves the policies of repositories into the repositories.
func (s *Stack) repositoryPolicies() {
	for i := range s.RepositoryPolicies {
		p := &s.RepositoryPolicies[i]
		for _, target := range p.Repository.targets {
			r := &s.Repositories[target]
			r.Statements = r.Statements.Append(borrow(p.Statements, &p.Resource))
		}
	}
}

// borrow returns the statements of a policy for the resource that it belongs to.
func borrow(statements List[Statement], owner *Resource) List[Statement] {
	borrowed := List[Statement]{state: statements.state}
	if borrowed.State == tree.StateUnknown {
		more := borrowed.more()
		more.owner = owner
		borrowed.keep(more)
	}
	for i, statement := range statements.Items {
		statement.owner, statement.number = owner, i
		if statement.At.IsZero() {
			statement.At = owner.At
		}
		borrowed.Items = append(borrowed.Items, statement)
	}
	return borrowed
}
