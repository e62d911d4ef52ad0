/**
 * What the published schema of agentgateway's configuration says of the fields that are written here, in words of our own:
 * `schema/config.json` of agentgateway/agentgateway at 75b4e6ce (v1.4), which has many more. Nothing else passes.
 */
export const SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  required: ['mcp'],
  properties: {
    mcp: {
      type: 'object',
      additionalProperties: false,
      required: ['targets'],
      properties: {
        port: { type: 'integer', minimum: 0, maximum: 65_535 },
        policies: {
          type: 'object',
          additionalProperties: false,
          properties: {
            localRateLimit: { type: 'array', items: { $ref: '#/$defs/rateLimit' } },
            mcpAuthorization: {
              type: 'object',
              additionalProperties: false,
              required: ['rules'],
              properties: { rules: { type: 'array', items: { $ref: '#/$defs/rule' } } },
            },
          },
        },
        targets: { type: 'array', items: { $ref: '#/$defs/target' } },
      },
    },
  },
  $defs: {
    rule: { anyOf: [{ type: 'string' }, ...['allow', 'deny', 'require'].map(only)] },
    rateLimit: {
      type: 'object',
      additionalProperties: false,
      required: ['fillInterval'],
      properties: {
        maxTokens: { type: 'integer', minimum: 0 },
        tokensPerFill: { type: 'integer', minimum: 0 },
        fillInterval: { type: 'string' },
        type: { enum: ['requests', 'tokens'] },
      },
    },
    target: {
      type: 'object',
      required: ['name'],
      unevaluatedProperties: false,
      properties: { name: { type: 'string' } },
      oneOf: [
        {
          type: 'object',
          required: ['stdio'],
          properties: {
            stdio: {
              type: 'object',
              additionalProperties: false,
              required: ['cmd'],
              properties: {
                cmd: { type: 'string' },
                args: { type: 'array', items: { type: 'string' } },
                env: { type: 'object', additionalProperties: { type: 'string' } },
                clear_env: { type: 'boolean' },
              },
            },
          },
        },
        {
          type: 'object',
          required: ['mcp'],
          properties: {
            mcp: {
              type: 'object',
              additionalProperties: false,
              required: ['host'],
              properties: { host: { type: 'string' } },
            },
          },
        },
      ],
    },
  },
};

function only(name: string): object {
  return { type: 'object', additionalProperties: false, required: [name], properties: { [name]: { type: 'string' } } };
}
