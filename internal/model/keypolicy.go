package model

// keyKinds are the policies of secrets, KMS keys and S3 access points. No rule reads them: package access evaluates them.
type keyKinds struct {
	SecretPolicies []SecretPolicy `json:"-" tf:"aws_secretsmanager_secret|aws_secretsmanager_secret_policy" cfn:"AWS::SecretsManager::ResourcePolicy"`
	KeyPolicies    []KeyPolicy    `json:"-" tf:"aws_kms_key|aws_kms_external_key|aws_kms_replica_key|aws_kms_key_policy" cfn:"AWS::KMS::Key|AWS::KMS::ReplicaKey"`
	KeyGrants      []KeyGrant     `json:"-" tf:"aws_kms_grant"`
	// BucketPoints are access points of S3 buckets.
	BucketPoints []BucketPoint `json:"-" tf:"aws_s3_access_point|aws_s3control_access_point_policy" cfn:"AWS::S3::AccessPoint"`
}

// SecretPolicy is the resource-based policy of a secret: in the secret itself, or in a resource of its own, which then refers to the secret.
type SecretPolicy struct {
	Resource
	Secret     Ref             `json:"of" tf:"secret_arn" cfn:"SecretId" to:"secrets"`
	Statements List[Statement] `json:"statements" tf:"policy" cfn:"ResourcePolicy"`
}

// KeyPolicy is the policy of a KMS key: in the key itself, or in a resource of its own, which then refers to the key.
type KeyPolicy struct {
	Resource
	Key        Ref             `json:"of" tf:"key_id"`
	Statements List[Statement] `json:"statements" tf:"policy" cfn:"KeyPolicy"`
}

// KeyGrant allows a principal operations with a KMS key, whatever the policies of the principal are. CloudFormation has none.
type KeyGrant struct {
	Resource
	Key        Ref                 `json:"of" tf:"key_id"`
	Grantee    Value[string]       `json:"grantee" tf:"grantee_principal"`
	Operations List[Value[string]] `json:"operations" tf:"operations"` // without the service: Decrypt
	// Constraints limit the grant to requests with an encryption context.
	Constraints GrantConstraints `json:"constraints" tf:"constraints"`
}

// GrantConstraints limit a grant.
type GrantConstraints struct{ Block }

// BucketPoint is the policy of an S3 access point: in the access point itself, or in a resource of its own, which then refers to it.
type BucketPoint struct {
	Resource
	Point      Ref             `json:"of" tf:"access_point_arn"`
	Statements List[Statement] `json:"statements" tf:"policy" cfn:"Policy"`
}
