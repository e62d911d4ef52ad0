/** The file with what an organisation knows of its costs, the first of these that is there. */
export const ROI_FILES = ['stakes.roi.yaml', 'stakes.roi.yml', 'stakes.roi.json'] as const;
