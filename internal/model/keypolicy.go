package model

// keyKinds are the policies of secrets and KMS keys. No rule reads them: package access evaluates them.
type keyKinds struct {
	SecretPolicies []SecretPolicy `json:"-" tf:"aws_secretsmanager_secret|aws_secretsmanager_secret_policy" cfn:"AWS::SecretsManager::ResourcePolicy"`
	KeyPolicies    []KeyPolicy    `json:"-" tf:"aws_kms_key|aws_kms_external_key|aws_kms_replica_key|aws_kms_key_policy" cfn:"AWS::KMS::Key|AWS::KMS::ReplicaKey"`
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
