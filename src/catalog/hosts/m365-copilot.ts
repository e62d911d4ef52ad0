import type { ToolFacts } from '../../model/manifest.ts';

/** A capability of a declarative agent. */
export interface M365Capability {
  facts: ToolFacts;
  /** What it searches, as a data scope. */
  data?: string;
  /** Does it bring in what people outside of the organisation write? */
  isUntrusted?: true;
}

const searches = (data: string): M365Capability => ({
  facts: { effect: 'read', egress: 'none', data: [data], access: 'allow' },
  data,
});
const acts: ToolFacts = { effect: 'write', egress: 'open' };

/**
 * What declarative agents of Microsoft 365 Copilot can be given, by the name that their manifest has for it. Source:
 * learn.microsoft.com/microsoft-365/copilot/extensibility, declarative agent schema 1.8; read on 2026-11-22.
 */
export const M365_CAPABILITIES: Readonly<Record<string, M365Capability>> = {
  // The words go to the search service, and to nobody whom the caller picks.
  WebSearch: { facts: { effect: 'read', egress: 'none', access: 'allow' }, isUntrusted: true },
  OneDriveAndSharePoint: searches('sharepoint'),
  GraphConnectors: searches('copilot-connectors'),
  Dataverse: searches('dataverse'),
  TeamsMessages: searches('teams-messages'),
  Email: { ...searches('mail'), isUntrusted: true },
  People: searches('people'),
  Meetings: { ...searches('meetings'), isUntrusted: true },
  EmbeddedKnowledge: searches('embedded-files'),
  // Pictures are shown to whoever asks.
  GraphicArt: { facts: { effect: 'read', egress: 'none', access: 'allow' } },
  CodeInterpreter: { facts: { effect: 'write', arbitrary: true } },
  // Sending is supervised, deleting and inbox rules need not be; it reaches every mailbox that the person does.
  EmailActions: { facts: { ...acts, data: ['mail'] }, data: 'mail', isUntrusted: true },
  MeetingActions: { facts: { ...acts, data: ['meetings'] }, data: 'meetings', isUntrusted: true },
};
