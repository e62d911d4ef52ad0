/** What AWS's own generator makes the schema of a gateway from, together with its tools. */
export const STUB = `namespace AgentCore {
  @mcp_principal
  entity OAuthUser tags String;
  @mcp_resource
  entity Gateway;
  action "Mcp";
  @mcp_action
  action "CallTool" in [Action::"Mcp"] appliesTo { principal: [OAuthUser], resource: [Gateway], context: {} };
}
`;
